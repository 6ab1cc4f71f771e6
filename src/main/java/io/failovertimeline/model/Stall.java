package io.failovertimeline.model;

/**
 * That clients stood still, though none failed.
 *
 * @param ratePerSecondBefore requests sent a second in the minute before
 * @param ratePerSecondDuring in the stall
 * @param ratePerSecondAfter in the half minute after
 * @param hungRequests how many were sent just before or in it and took more than half of its length; with none, nothing tells whether
 *     clients hung or paused
 */
public record Stall(
        double ratePerSecondBefore, double ratePerSecondDuring, double ratePerSecondAfter, long hungRequests) {}
