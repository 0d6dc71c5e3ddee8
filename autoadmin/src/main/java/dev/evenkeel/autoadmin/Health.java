package dev.evenkeel.autoadmin;

/** How a node looks to its peers. */
public enum Health {
    /** Most peers hear it. May be given replicas and leaders. */
    HEALTHY,
    /** They do not agree, or too few have said anything. Gets nothing new, and nothing is taken from it. */
    SUSPECT,
    /** Most peers have not heard it for too long. Others do its work. */
    UNHEALTHY
}
