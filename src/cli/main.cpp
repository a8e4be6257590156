#include "cli/run.hpp"

int main(int argc, char** argv) { return pavise::cli::run(argc, argv); }
