// SPDX-License-Identifier: MIT
// The body of an HTTP request, up to a limit.

/** How many times the limit is read and discarded before the connection is closed. */
const PATIENCE = 8;

/**
 * Resolves with a Buffer, or with undefined if there are more than `limit` bytes. The rest is still read, since a client that
 * is sending would otherwise see a broken connection instead of the answer. Rejects if the client disconnects.
 */
export function bodyOf(request, limit) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    let length = 0;
    request.on('data', (piece) => {
      length += piece.length;
      if (length <= limit) pieces.push(piece);
      else pieces.length = 0;
      if (length <= PATIENCE * limit) return;
      request.pause();
      resolve(undefined);
    });
    request.on('end', () => resolve(length <= limit ? Buffer.concat(pieces) : undefined));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}
