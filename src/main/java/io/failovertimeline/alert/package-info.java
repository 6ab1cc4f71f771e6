/** What the correlator found → alerts, and which of them are news. */
@NullMarked
package io.failovertimeline.alert;

import org.jspecify.annotations.NullMarked;
