// libxml2's reader as Swift sees it.
#ifndef AIMAGE_CLIBXML2_SHIM_H
#define AIMAGE_CLIBXML2_SHIM_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#endif
