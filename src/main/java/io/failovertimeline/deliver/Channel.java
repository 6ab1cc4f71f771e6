package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import java.time.InstantSource;
import java.util.Collection;

/** Tells one receiver of alerts, in its own words. Telling the same twice does no harm where the receiver can tell. */
interface Channel {

    /**
     * Tells of a change.
     *
     * @param firing all alerts of the change's group that fire after it
     */
    Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException;

    /** Says again that {@code firing} fire. */
    default Reply again(Collection<AlertRecord> firing) throws InterruptedException {
        return Reply.NOTHING_TO_DO;
    }

    /** The channel to {@code receiver}. */
    static Channel to(Receiver receiver, InstantSource clock) {
        Http http = new Http(receiver);
        return switch (receiver.type()) {
            case ALERTMANAGER -> new AlertmanagerChannel(receiver, http, clock);
            case WEBHOOK -> new WebhookChannel(receiver, http, clock);
            case SLACK -> new SlackChannel(receiver, http);
            case PAGERDUTY -> new PagerDutyChannel(receiver, http);
            case GRAFANA -> new GrafanaChannel(receiver, http);
        };
    }
}
