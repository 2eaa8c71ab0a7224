// Preloaded into the command by tests: makes a call of the file system fail. Nothing is called by name.
#ifndef REFIT_FAULTS_H
#define REFIT_FAULTS_H
#endif
