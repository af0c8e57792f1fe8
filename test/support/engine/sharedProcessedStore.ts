import { DataDeduplicationService } from 'n8n-core';
import { ProcessedStore } from './ProcessedStore';

/** n8n's store of processed values, shared by all runs of a test file. */
export const processedStore = new ProcessedStore();

// n8n refuses a second store in one process, and the test files of a Jest worker share one n8n.
Reflect.deleteProperty(DataDeduplicationService, 'instance');
void DataDeduplicationService.init(processedStore);
