import * as z from 'zod/mini'

import { countChars, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '@/utils/password'

// zod would otherwise probe `new Function`, which the page's policy refuses.
z.config({ jitless: true })

const name = z
  .string()
  .check(z.trim(), z.minLength(1, 'auth.fault.name'), z.maxLength(200, 'auth.fault.name'))
const email = z.string().check(z.trim(), z.email('auth.fault.email'))
const password = z.string().check(z.minLength(1, 'auth.fault.passwordMissing'))
const newPassword = z.string().check(
  z.refine((text) => countChars(text) >= SHORTEST_PASSWORD, 'auth.fault.passwordShort'),
  z.refine((text) => countChars(text) <= LONGEST_PASSWORD, 'auth.fault.passwordLong'),
)

export const setupSchema = z.object({ name, email, password: newPassword })
export const acceptSchema = z.object({ name, password: newPassword })
export const resetSchema = z.object({ email })
export const confirmSchema = z.object({ password: newPassword })
export const againSchema = z.object({ password })
export const loginSchema = z.object({
  email: z.string().check(z.trim(), z.minLength(1, 'auth.fault.email')),
  password,
  remember: z.boolean(),
})
