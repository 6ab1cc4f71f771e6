/** Settings, read once and handed down. */
@NullMarked
package io.failovertimeline.config;

import org.jspecify.annotations.NullMarked;
