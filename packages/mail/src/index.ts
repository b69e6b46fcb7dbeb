/** Messages and how they leave. */
export {};
