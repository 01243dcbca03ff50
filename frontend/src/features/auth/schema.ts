import { z } from 'zod'

// zod would otherwise probe `new Function`, which the page's policy refuses.
z.config({ jitless: true })

const name = z.string().trim().min(1, 'auth.fault.name').max(200, 'auth.fault.name')
const email = z.email('auth.fault.email')
const newPassword = z
  .string()
  .max(128, 'auth.fault.passwordLong')
  .min(12, 'auth.fault.passwordShort')

export const setupSchema = z.object({ name, email, password: newPassword })
export const acceptSchema = z.object({ name, password: newPassword })
export const resetSchema = z.object({ email })
export const confirmSchema = z.object({ password: newPassword })
export const loginSchema = z.object({
  email: z.string().trim().min(1, 'auth.fault.email'),
  password: z.string().min(1, 'auth.fault.passwordMissing'),
  remember: z.boolean(),
})
