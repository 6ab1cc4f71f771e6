package io.failovertimeline.cli;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes what stands behind an option as its number if it is one, and leaves it to the command if it is a path. */
final class ListLength implements IParameterConsumer {

    private static final int USUAL = 20;

    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        boolean isNumber = !arguments.isEmpty() && arguments.peek().matches("[1-9]\\d{0,8}");
        option.setValue(isNumber ? Integer.valueOf(arguments.pop()) : Integer.valueOf(USUAL));
    }
}
