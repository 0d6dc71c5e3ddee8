/** What users do with the AWS SDK for Java, done to a running database over its socket. */
@NullUnmarked // an answer that lacks something fails the test by itself
package dev.evenkeel.server.sdk;

import org.jspecify.annotations.NullUnmarked;
