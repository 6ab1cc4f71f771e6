/** Incidents in; JSON, terminal text, Markdown and timeline steps out. */
@NullMarked
package io.failovertimeline.publish;

import org.jspecify.annotations.NullMarked;
