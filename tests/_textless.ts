/** Returns values without a text that user code may throw or reject with. */
export function textless(): unknown[] {
  const throwing = () => {
    throw new Error("No text");
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const error = new Error();
  Object.defineProperty(error, "message", { get: throwing });
  const odd = new Error();
  Object.defineProperty(odd, "message", { value: Object.create(null) });
  return [
    Object.create(null),
    { toString: throwing },
    { [Symbol.toPrimitive]: throwing },
    error,
    odd,
    Symbol("no text"),
    undefined,
    null,
    proxy,
  ];
}
