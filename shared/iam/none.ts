/**
 * The empty list, one for all: of the same make as lists that hold something, for the engine compiles a loop anew for
 * each make of list that comes to it.
 */
export const none: readonly never[] = [''].filter((text): text is never => text !== '');
