package function

import (
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// initLimit is how long an environment may take until its first /next:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html ("10 seconds").
const initLimit = 10 * time.Second

// ready starts the process on the first call and waits for its first /next.
func (env *environment) ready() error {
	if !env.asked {
		env.asked = true
		if err := env.start(); err != nil {
			env.mu.Lock()
			env.dead = true
			env.mu.Unlock()
			return err
		}
	}
	select {
	case <-env.inited: // mostly: without a timer
		return nil
	default:
	}
	limit := time.NewTimer(initLimit)
	defer limit.Stop()
	select {
	case <-env.inited:
		return nil
	case <-env.died:
		if env.exit == nil {
			return fmt.Errorf("runtime exited before it asked for an event")
		}
		return fmt.Errorf("runtime exited before it asked for an event: %w", env.exit)
	case <-limit.C:
		return fmt.Errorf("runtime did not ask for an event within %v", initLimit)
	}
}

// start opens the log stream and the Runtime API and starts the process. The
// process writes its output straight into the log file, so lines stand in the
// order written, between START and END.
func (env *environment) start() error {
	stream := fmt.Sprintf("[%s]%s", env.f.cfg.Version, newHex())
	dir := filepath.Join(env.f.cfg.LogDir, time.Now().UTC().Format("2006/01/02"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var err error
	if env.log, err = os.OpenFile(filepath.Join(dir, stream+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err != nil {
		return err
	}
	if env.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	env.cmd = exec.Command(env.f.cfg.Command[0], env.f.cfg.Command[1:]...)
	env.cmd.Dir = env.f.cfg.Dir
	env.cmd.Env = env.f.variables(env.listener.Addr().String(), stream)
	env.cmd.Stdout, env.cmd.Stderr = env.log, env.log
	env.cmd.SysProcAttr = processGroup()
	env.mu.Lock()
	env.begun = time.Now()
	env.mu.Unlock()
	if err := env.launch(); err != nil {
		env.listener.Close()
		return fmt.Errorf("start function %q: %w", env.f.cfg.Name, err)
	}
	go env.serve()
	go env.reap()
	return nil
}

// launch starts the process under the function's lock: Close either finds it
// there to be killed, or keeps it from being started.
func (env *environment) launch() error {
	env.f.mu.Lock()
	defer env.f.mu.Unlock()
	if env.f.closed {
		return errClosed
	}
	if err := env.cmd.Start(); err != nil {
		return err
	}
	env.pid = env.cmd.Process.Pid
	env.memory = watchMemory(env.pid)
	env.f.exits.Add(1)
	return nil
}

// kill ends the process and every process it started.
func (env *environment) kill() {
	env.f.mu.Lock()
	defer env.f.mu.Unlock()
	if env.pid != 0 {
		killGroup(env.pid)
	}
}

// variables is what Lambda sets in an environment:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
func (f *Function) variables(api, stream string) []string {
	vars := map[string]string{
		"AWS_LAMBDA_RUNTIME_API":          api,
		"_HANDLER":                        f.cfg.Handler,
		"AWS_REGION":                      f.cfg.Region,
		"AWS_DEFAULT_REGION":              f.cfg.Region,
		"AWS_EXECUTION_ENV":               "AWS_Lambda_provided.al2023",
		"AWS_LAMBDA_FUNCTION_NAME":        f.cfg.Name,
		"AWS_LAMBDA_FUNCTION_VERSION":     f.cfg.Version,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": fmt.Sprint(f.cfg.MemoryMB),
		"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME":       "/aws/lambda/" + f.cfg.Name,
		"AWS_LAMBDA_LOG_STREAM_NAME":      stream,
		"AWS_ACCESS_KEY_ID":               "lab",
		"AWS_SECRET_ACCESS_KEY":           "lab",
		"TZ":                              ":UTC",
		"LANG":                            "en_US.UTF-8",
		"PATH":                            os.Getenv("PATH"), // a user's own command finds its interpreter as in their shell
		"HOME":                            os.Getenv("HOME"),
	}
	if root, err := filepath.Abs(f.cfg.Dir); err == nil {
		vars["LAMBDA_TASK_ROOT"] = root
	}
	maps.Copy(vars, f.cfg.Endpoints)
	maps.Copy(vars, f.cfg.Environment)
	list := make([]string, 0, len(vars))
	for k, v := range vars {
		list = append(list, k+"="+v)
	}
	return list
}

// reap waits for the process, takes its port down with it, and settles the
// invocation that it was on.
func (env *environment) reap() {
	defer env.f.exits.Done()
	err := env.cmd.Wait()
	env.f.mu.Lock()
	env.pid = 0 // the number may be another process's from now on
	env.f.mu.Unlock()
	env.listener.Close()
	env.memory.close()
	env.mu.Lock()
	env.dead, env.exit = true, err
	inv := env.current
	env.current = nil
	env.mu.Unlock()
	close(env.died)
	switch {
	case inv == nil:
		env.f.lost(env)
	case inv.timedOut:
		message := fmt.Sprintf("Task timed out after %.2f seconds", env.f.cfg.Timeout.Seconds())
		env.printf("%s %s %s\n\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), inv.id, message)
		env.report(inv, env.f.cfg.Timeout, "timeout")
		env.f.put(env, true, inv.answered)
		inv.reply(inv.failed(&Error{"Sandbox.Timedout", "RequestId: " + inv.id + " Error: " + message}))
	default:
		inv.timer.Stop()
		inv.reply(env.crashed(inv))
	}
}
