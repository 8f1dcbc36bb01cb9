// The least that a child can do: reads lines and answers each with the same line of BYTES bytes.
//
//     floor BYTES

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char buffer[1 << 16];

static void write_all(const char* text, size_t size) {
  while (size > 0) {
    const ssize_t count = write(1, text, size);
    if (count <= 0) exit(1);
    text += count;
    size -= (size_t)count;
  }
}

int main(int count, char** words) {
  const size_t size = count > 1 ? (size_t)atol(words[1]) : 2;
  char* const reply = malloc(size);
  memset(reply, 'x', size);
  reply[size - 1] = '\n';
  for (;;) {
    const ssize_t got = read(0, buffer, sizeof buffer);
    if (got <= 0) return 0;
    const char* const end = buffer + got;
    const char* p = buffer;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
      write_all(reply, size);
      ++p;
    }
  }
}
