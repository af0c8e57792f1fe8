/** What `compact` leaves of an object. */
type Compact<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** A copy of an object without the entries that are undefined. */
export function compact<T extends object>(values: T): Compact<T>;
export function compact(values: object): object {
	return Object.fromEntries(
		Object.entries(values).filter((entry: [string, unknown]) => entry[1] !== undefined),
	);
}
