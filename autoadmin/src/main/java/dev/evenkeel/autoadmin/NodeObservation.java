package dev.evenkeel.autoadmin;

import java.time.Duration;
import java.util.Map;

/**
 * What is known of a node beside the catalog.
 *
 * @param silence by peer: how long ago that peer last heard from the node. Only of peers that have reported lately: a
 *     peer that is itself away has no say
 * @param load requests a second that its replicas serve
 * @param mayLead whether it would take the lead of a group now: not while it is being stopped, nor right after its start
 */
public record NodeObservation(Map<String, Duration> silence, double load, boolean mayLead) {
    public NodeObservation {
        silence = Map.copyOf(silence);
    }
}
