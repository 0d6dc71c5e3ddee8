package dev.evenkeel.server;

import dev.evenkeel.transport.PeerAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sees that founding nodes differ in all that must differ. */
final class Founders {
    private final Map<String, String> idsByZone = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<PeerAddress, String> idsByAddress = new HashMap<>();

    /** What is empty or 0 is wrong by itself, which has been noted. */
    void add(SettingsSection section, Seed seed) {
        if (!seed.id().isEmpty() && !ids.add(seed.id())) {
            section.problem("id", seed.id() + " is in the list already");
        }
        String sameZone = seed.zone().isEmpty() ? null : idsByZone.putIfAbsent(seed.zone(), seed.id());
        if (sameZone != null) {
            section.problem("zone", "there is one founding node per zone, and " + seed.zone() + " has " + sameZone);
        }
        String sameAddress = seed.peer().port() == 0 ? null : idsByAddress.putIfAbsent(seed.peer(), seed.id());
        if (sameAddress != null) {
            section.problem("port", seed.peer() + " is the address of " + sameAddress);
        }
    }
}
