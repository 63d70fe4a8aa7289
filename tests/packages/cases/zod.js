const { z } = require('zod');
module.exports = async () => { const schema = z.object({ email: z.email(), age: z.number().int().min(18).optional(), kind: z.enum(['a', 'b']).default('a') }); const bad = schema.safeParse({ email: 'x', age: 3 }); return [schema.parse({ email: 'a@example.com' }), bad.success, bad.error.issues.map((issue) => [issue.code, issue.path, issue.message])]; };
