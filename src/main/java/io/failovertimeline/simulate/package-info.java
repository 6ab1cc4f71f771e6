/** A fleet of clusters that do not exist → records of the input topics, to size a deployment with. */
@NullMarked
package io.failovertimeline.simulate;

import org.jspecify.annotations.NullMarked;
