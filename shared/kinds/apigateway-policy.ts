/** API Gateway sends a policy as the inside of a JSON string, its quotes escaped. */
export function unescaped(policy: string): string {
  if (!policy.startsWith('{\\"')) return policy;
  const inner: unknown = JSON.parse(`"${policy}"`);
  return String(inner);
}
