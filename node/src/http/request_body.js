// SPDX-License-Identifier: MIT
// The body of an HTTP request, up to a limit.

/** So many times the limit is read and thrown away, before the connection is cut. */
const PATIENCE = 8;

/**
 * Resolves with a Buffer, or with undefined where there are more than `limit` bytes. These are read all the same: a client
 * that is still sending would see a broken connection and not the answer. Rejects if the client goes away.
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
