// libxml2's reader as Swift sees it.
#ifndef AIMAGE_CLIBXML2_SHIM_H
#define AIMAGE_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU, and its headers then include ICU's: types that Foundation has in its own module,
// in another version. Nothing here calls a function that takes one.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#endif
