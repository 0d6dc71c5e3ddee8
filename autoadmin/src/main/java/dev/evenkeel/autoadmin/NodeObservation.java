package dev.evenkeel.autoadmin;

import java.time.Duration;
import java.util.Map;

/**
 * What is known of a node beside the catalog.
 *
 * @param silence by peer: how long ago that peer last heard from the node. Only of peers that have reported lately: a
 *     peer that is itself away has no say
 * @param load requests a second that its replicas serve
 */
public record NodeObservation(Map<String, Duration> silence, double load) {
    public NodeObservation {
        silence = Map.copyOf(silence);
    }
}
