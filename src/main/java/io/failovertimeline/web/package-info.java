/** Records of the topic {@code failovers} in; a live page in a browser, and the JSON API behind it, out. */
@NullMarked
package io.failovertimeline.web;

import org.jspecify.annotations.NullMarked;
