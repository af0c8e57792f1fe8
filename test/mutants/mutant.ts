/** One replacement in a TypeScript source file. */
export interface Mutation {
	/** A source file under nodes/ or credentials/. */
	file: string;
	/** TypeScript that occurs in the file exactly once. Tokens are compared, so layout does not matter. */
	find: string;
	/** What replaces it. */
	replace: string;
	/** The function, method, class or constant to search, where `find` occurs in several of them. */
	within?: string;
}

/** One behavior removed from the package, and the tests that must fail without it. */
export interface Mutant extends Mutation {
	/** The behavior, in plain English. */
	what: string;
	/** A second replacement, where two mechanisms guard the behavior. */
	and?: Mutation;
	/** Test files. */
	tests?: string[];
	/** How many scenarios its fuzzer tries, where a few seconds are not enough. */
	fuzzRuns?: number;
	/** A part of the name of cells of the fault matrix. */
	cells?: string;
}
