/** The Kafka edge: the stages run as a Kafka Streams application. */
@NullMarked
package io.failovertimeline.stream;

import org.jspecify.annotations.NullMarked;
