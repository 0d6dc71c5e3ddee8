package dev.evenkeel.verify.clock;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls of the machine's clocks to {@link ShiftedClock}, in the classes of the program and its libraries, and where
 * the JDK makes moments of wall time out of them. The JDK's own waiting stays with the machine's time.
 */
final class ClockCalls implements ClassFileTransformer {
    private static final String SYSTEM = "java/lang/System";
    private static final Set<MethodName> CLOCKS = Set.of(
            new MethodName(SYSTEM, "currentTimeMillis"),
            new MethodName(SYSTEM, "nanoTime"),
            new MethodName("jdk/internal/misc/VM", "getNanoTimeAdjustment"));
    private static final Set<String> JDK_CLASSES =
            Set.of("java/util/Date", "java/time/Clock", "java/time/Clock$SystemClock");
    private static final String SHIFTED = ShiftedClock.class.getName().replace('.', '/');

    @Override
    @SuppressWarnings("NullAway") // the JDK takes null for a class that stays as it is
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        boolean isOfJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
        if (isOfJdk && !(name != null && JDK_CLASSES.contains(name))) {
            return null;
        }
        return new ConstantPool(classFile)
                .withMethodsOf(SHIFTED, CLOCKS::contains)
                .orElse(null);
    }
}
