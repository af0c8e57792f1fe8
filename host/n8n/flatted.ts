/**
 * Parses "flatted" text, n8n's format for run data: a JSON array whose first element is the root
 * and in which every string inside an object or array is the index of a value.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const restored = new Map<number, unknown>();

	const restore = (index: number): unknown => {
		if (restored.has(index)) return restored.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		// Registered before its children are restored: the data may be circular.
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		restored.set(index, result);
		for (const [key, child] of Object.entries(value)) {
			const restoredChild = typeof child === 'string' ? restore(Number(child)) : child;
			Reflect.set(result, key, restoredChild);
		}
		return result;
	};

	return restore(0);
}
