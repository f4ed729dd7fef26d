/**
 * The size of the pieces to write in.
 *
 * @throws {RangeError} If it is none.
 */
export function checkedPieceBytes(pieceBytes: number): number {
  const isSize = pieceBytes === Infinity ||
    (Number.isSafeInteger(pieceBytes) && pieceBytes > 0);
  if (isSize) return pieceBytes;
  throw new RangeError(
    `Cannot write in pieces as 'pieceBytes' must be a positive integer or Infinity: current value is ${pieceBytes}`,
  );
}

/**
 * Lets the network take a piece on its own. Only a timer lets the event loop
 * look at the sockets in between: `setImmediate()` runs several times before.
 */
export function pieceTaken(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
