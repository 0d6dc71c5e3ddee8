package dev.evenkeel.verify.bench;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The processor time that the target's server processes have used so far, when they are on this machine. */
final class ServerCpu {
    private final ProcessTable processes;
    private final List<Long> pids;

    private ServerCpu(ProcessTable processes, List<Long> pids) {
        this.processes = processes;
        this.pids = pids;
    }

    /** @param pids process ids the user gave, by target name; they win over what is found */
    static ServerCpu of(Target target, Map<String, List<Long>> pids, ProcessTable processes) {
        var given = pids.get(target.name());
        return new ServerCpu(processes, given == null ? found(target, processes) : given);
    }

    private static List<Long> found(Target target, ProcessTable processes) {
        var address = target.address().getAddress();
        if (address == null || !isLocal(address)) {
            return List.of();
        }
        var listener = processes.listener(target.port());
        return listener.isPresent() ? List.of(listener.getAsLong()) : List.of();
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    List<Long> pids() {
        return pids;
    }

    /** Of all processes together; empty when that is not known of one, or there is none. */
    OptionalDouble seconds() {
        double sum = 0;
        for (long pid : pids) {
            var seconds = processes.cpuSeconds(pid);
            if (seconds.isEmpty()) {
                return seconds;
            }
            sum += seconds.getAsDouble();
        }
        return pids.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }
}
