/** Changes of alerts from their topic → Alertmanager, webhooks, Slack, PagerDuty, Grafana. */
@NullMarked
package io.failovertimeline.deliver;

import org.jspecify.annotations.NullMarked;
