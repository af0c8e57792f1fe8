/**
 * Reads the form in which n8n stores and serves run data ("flatted"): a JSON array whose first
 * element is the root and in which every string inside an object or array is the index of a value.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const restored = new Map<number, unknown>();

	const restore = (index: number): unknown => {
		if (restored.has(index)) return restored.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		// Known before its insides are: the data may refer to itself.
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		restored.set(index, result);
		for (const [key, inside] of Object.entries(value)) {
			const restoredInside = typeof inside === 'string' ? restore(Number(inside)) : inside;
			Reflect.set(result, key, restoredInside);
		}
		return result;
	};

	return restore(0);
}
