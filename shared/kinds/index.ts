import type { Kind } from './kind.ts';
import { sqsQueue } from './sqs-queue.ts';

/** Every kind, sorted by id. */
export const kinds: readonly Kind[] = [sqsQueue];
