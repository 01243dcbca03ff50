import * as z from 'zod/mini'

// zod would otherwise probe `new Function`, which the page's policy refuses.
z.config({ jitless: true })

const name = z
  .string()
  .check(z.trim(), z.minLength(1, 'auth.fault.name'), z.maxLength(200, 'auth.fault.name'))
const email = z.string().check(z.trim(), z.email('auth.fault.email'))
const newPassword = z
  .string()
  .check(z.minLength(12, 'auth.fault.passwordShort'), z.maxLength(128, 'auth.fault.passwordLong'))

export const setupSchema = z.object({ name, email, password: newPassword })
export const acceptSchema = z.object({ name, password: newPassword })
export const resetSchema = z.object({ email })
export const confirmSchema = z.object({ password: newPassword })
export const loginSchema = z.object({
  email: z.string().check(z.trim(), z.minLength(1, 'auth.fault.email')),
  password: z.string().check(z.minLength(1, 'auth.fault.passwordMissing')),
  remember: z.boolean(),
})
