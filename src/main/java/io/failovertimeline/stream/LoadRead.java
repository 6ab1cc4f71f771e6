package io.failovertimeline.stream;

import io.failovertimeline.model.RequestResult;
import java.util.List;
import java.util.Optional;

/**
 * What became of one record of {@code load-results}.
 *
 * @param cluster the Patroni scope behind the request
 * @param result the request; empty if the record is none
 * @param deadLetters why it can't be used, if it claims to be one
 */
record LoadRead(String cluster, Optional<RequestResult> result, List<DeadLetter> deadLetters) {}
