# ./failover in a container: small, not root, and nothing is written but /tmp and, where one is mounted, the folder of state.dir.
#
#   docker build -t failover-timeline .
#   docker run --rm -v "$PWD/logs:/logs:ro" failover-timeline replay /logs
#   docker run --read-only --tmpfs /tmp -v state:/state failover-timeline stream --bootstrap-server kafka:9092 --set state.dir=/state

FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY topics topics
COPY grok-patterns grok-patterns
COPY src/main src/main
RUN mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:21-jre
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin failover \
    && install -d -o failover -g failover /state
COPY --from=build /build/target/failover-timeline.jar /app/failover-timeline.jar
COPY --from=build /build/target/lib /app/lib
COPY labs /app/labs
USER 10001
WORKDIR /app
VOLUME /state
ENV LC_ALL=C.UTF-8
# JAVA_TOOL_OPTIONS adds options for Java. As a server's, Java takes G1 with a single core, too: what stops all of a large heap outlasts a transaction.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+AlwaysActAsServerClassMachine", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-Dfailover.home=/app", \
            "-cp", "/app/failover-timeline.jar:/app/lib/*", "io.failovertimeline.Main"]
CMD ["--help"]
