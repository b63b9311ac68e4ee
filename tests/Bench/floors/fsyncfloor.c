// The floor under every durable commit: overwrite one 4 KiB block of a file, make it durable, n times.
// usage: fsyncfloor FILE N -> microseconds per overwrite and fsync
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}

int main(int count, char **values) {
    if (count != 3) return 64;
    int n = atoi(values[2]);
    char *block = aligned_alloc(4096, 4096);
    memset(block, 'x', 4096);
    int file = open(values[1], O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || pwrite(file, block, 4096, 0) != 4096 || fsync(file)) return 1;
    double start = now();
    for (int i = 0; i < n; i++) {
        block[i % 4096] = (char)i;
        if (pwrite(file, block, 4096, 0) != 4096 || fsync(file)) return 2;
    }
    printf("%.2f\n", (now() - start) / n);
    unlink(values[1]);
    return 0;
}
