/**
 * Lets the network take a piece on its own. Only a timer lets the event loop
 * look at the sockets in between: `setImmediate()` runs several times before.
 */
export function pieceTaken(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
