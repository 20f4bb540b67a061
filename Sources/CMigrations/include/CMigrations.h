#ifndef CMIGRATIONS_H
#define CMIGRATIONS_H

#include <stddef.h>

// The text of one numbered SQL file, as it was when the program was built.
struct cmigrations_file {
    const char *name;
    const unsigned char *bytes;
    size_t length;
};

size_t cmigrations_count(void);
struct cmigrations_file cmigrations_file(size_t index);

#endif
