/** DynamoDB Streams: from its four operations to the change records of the shards, and what keeps them a day. */
@NullMarked
package dev.evenkeel.router.stream;

import org.jspecify.annotations.NullMarked;
