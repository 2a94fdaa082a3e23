# The logic is in lab/*.ts; `lab/run` installs npm's packages when they changed.
STACK ?= level1
HOSTING ?=
HOST ?=
DRILL ?=
OBJECTS ?=
TRIALS ?= 1
RULE ?=
export STACK HOSTING HOST DRILL OBJECTS TRIALS RULE

.PHONY: up down preview test check promise gate blueprint files cost bench clean lab lab-down drill drill-smoke drill-managed rules

up: ## create or update the stack on the embedded cloud, and say how to use it
	@lab/run up

down: ## destroy the stack and check that nothing is left
	@lab/run down

preview: ## what would change
	@lab/run pulumi preview

test: ## everything: lint, format, types, unit tests, the daemons' validators, the engine
	@lab/run test all

check: ## the fast part of `make test`
	@lab/run test fast

promise: ## what the stack promises: how long each failure takes, what is lost, how often it is away
	@lab/run promise

gate: ## the policies over what an update would make, and over what is there
	@lab/run gate

blueprint: ## what should exist, as YAML
	@lab/run show blueprint

files: ## every file of HOST, as the host will hold it
	@lab/run show files

cost: ## what STACK costs a month, a line for every resource
	@lab/run cost

bench: ## an unchanged preview against an empty program
	@lab/run bench

lab: ## boot the stack's hosts on this machine (root), and show the platform
	@lab/run lab

lab-down: ## end the lab's hosts, and show that nothing of them is left
	@lab/run labDown

drill: ## break the platform, DRILL= or everything, TRIALS= times, and time its recovery (root)
	@lab/run drill all

drill-smoke: ## the core drills, one trial each (root)
	@lab/run drill smoke

drill-managed: STACK = level2
drill-managed: ## move the names of managed services under level 2's machines, DRILL= or everything, TRIALS= times (root)
	@lab/run drillManaged

rules: ## take each security-group rule away, and see who misses it (root)
	@lab/run rules

clean: ## forget this clone's lab (the cache of builds outside the clone stays)
	@rm -rf .lab
