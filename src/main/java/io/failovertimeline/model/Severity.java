package io.failovertimeline.model;

/** How bad a line is, in syslog's eight steps, the worst first. */
public enum Severity {
    EMERG,
    ALERT,
    CRIT,
    ERR,
    WARNING,
    NOTICE,
    INFO,
    DEBUG
}
