/** Files in, records of the input topics out. */
@NullMarked
package io.failovertimeline.ingest;

import org.jspecify.annotations.NullMarked;
