package io.failovertimeline.stream;

import io.failovertimeline.model.RequestResult;
import java.util.List;

/**
 * What became of one record of {@code load-results}, or of a line among the logs in which a load balancer tells of a request.
 *
 * @param cluster the Patroni scope behind the request
 * @param results the requests; none if the record is no result
 * @param deadLetters why it can't be used, if it claims to be one
 */
record LoadRead(String cluster, List<RequestResult> results, List<DeadLetter> deadLetters) {}
