// Preloaded: every fsync and fdatasync takes SLOWSYNC_US microseconds more (a clinic's hard disk, a cheap SSD), and is counted.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int (*real_fsync)(int), (*real_fdatasync)(int);
static long more_us;
static long syncs;

__attribute__((constructor)) static void begin(void) {
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    char *us = getenv("SLOWSYNC_US");
    more_us = us ? atol(us) : 0;
}

static void slow(void) {
    __atomic_add_fetch(&syncs, 1, __ATOMIC_RELAXED);
    struct timespec t = { more_us / 1000000, (more_us % 1000000) * 1000 };
    if (more_us) nanosleep(&t, 0);
}

long slowsync_count(void) { return __atomic_load_n(&syncs, __ATOMIC_RELAXED); }
int fsync(int file) { slow(); return real_fsync(file); }
int fdatasync(int file) { slow(); return real_fdatasync(file); }
