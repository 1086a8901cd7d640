"""The symbols of the theory, each with its assumptions, defined once.

To SymPy, two symbols of one name but other assumptions are different; every formula therefore takes its symbols here.
"""

from __future__ import annotations

from sympy import Function, MatrixSymbol, Symbol

# Time, rates and scales.
t = Symbol("t", nonnegative=True)  # flow time since the residual froze
tau = Symbol("tau", nonnegative=True)  # variable of integration for times
T = Symbol("T", nonnegative=True)  # time of the previous jump
eta = Symbol("eta", positive=True)  # learning rate; log(1/alpha) on the clock of diagonal networks
alpha = Symbol("alpha", positive=True)  # initialisation scale
epsilon = Symbol("epsilon", positive=True)  # 1/log(1/alpha)
k = Symbol("k", integer=True, nonnegative=True)  # order in a series

# Neurons of any two-layer homogeneous network.
kappa = Symbol("kappa", positive=True)  # degree of homogeneity
norm = Symbol("N", positive=True)  # ||theta||
norm_0 = Symbol("N_0", positive=True)  # ||theta(0)||
U = Symbol("U", positive=True)  # maximal normalised utility
U_0 = Symbol("U_0", positive=True)  # normalised utility at the start
S = Symbol("S", real=True)  # accumulated utility
utility = Function("U", real=True)  # normalised utility along the flow, a function of time
w = Symbol("w", nonnegative=True)  # norm of the incoming weights
a = Symbol("a", nonnegative=True)  # norm of the outgoing weights
d = Symbol("d", integer=True, positive=True)  # dimension of theta
theta = MatrixSymbol("theta", d, 1)
gradient = MatrixSymbol("nabla_U", d, 1)  # gradient of the utility at the unit vector theta/||theta||

# One coordinate of a diagonal network.
g = Symbol("g", real=True)  # partial derivative of the loss in this coordinate
phi = Symbol("phi", real=True)  # hyperbolic angle
phi_0 = Symbol("phi_0", real=True)
s = Symbol("s", real=True)  # phi/eta, the dual variable
u = Symbol("u", real=True)
v = Symbol("v", real=True)
beta = Symbol("beta", real=True, nonzero=True)  # coefficient at the saddle reached
beta_previous = Symbol("beta_0", real=True, nonzero=True)  # coefficient at the saddle left
c = Symbol("c", real=True)  # signed start, 2*phi_0*sign(-g)
sigma = Symbol("sigma", real=True, nonzero=True)  # +1 if the neuron grows from the start, -1 if it first shrinks
x = Symbol("x", real=True)
level = Symbol("ell", positive=True)
I = Symbol("I", real=True)  # noqa: E741  -- the intercept of a leaver is called I in the theory

# One-coordinate problem ds/dt = b - G*beta.
b = Symbol("b", real=True, nonzero=True)
G = Symbol("G", positive=True)
D = Symbol("D", positive=True)  # sqrt(b**2 + (G*m)**2), m the product scale

# Linear networks. The initialisation scale enters through L alone.
log_inverse = Symbol("L", positive=True)  # log(1/init scale)
sigma_1 = Symbol("sigma_1", positive=True)  # largest singular value of the residual
sigma_2 = Symbol("sigma_2", nonnegative=True)  # the next one
sigma_k = Symbol("sigma_k", positive=True)  # singular value of the mode in question
mu_k = Symbol("mu_k", nonnegative=True)  # eigenvalue of Sigma_yx Sigma_xx^+ Sigma_yx^T: twice the fall of the loss
variance = Symbol("Lambda", positive=True)  # of the input along a mode
strength = Symbol("s", real=True)  # of a mode: u.B v
strength_0 = Symbol("s_0", real=True)
imbalance = Symbol("lambda", real=True)  # ||a||^2 - ||w||^2, conserved
variance_1 = Symbol("Lambda_1", positive=True)  # of the input along the mode learned first
variance_2 = Symbol("Lambda_2", positive=True)  # and along the other one
input_coupling = Symbol("rho", positive=True)  # covariance of the inputs of two modes
escape = Symbol("gamma_s", positive=True)  # rate at which active neurons leave a saddle not the best of its rank
strength_final = Symbol("s_f", real=True)
ratio = Symbol("Q", positive=True)  # (alpha + omega)^2/|lambda| of an aligned mode
ratio_0 = Symbol("Q_0", positive=True)
ratio_upper = Symbol("Q_plus", positive=True)  # its attracting fixed point
ratio_lower = Symbol("Q_minus", real=True)  # its repelling one, negative
rate = Symbol("nu", positive=True)  # at which an aligned mode approaches its end
fraction = Symbol("p", positive=True)  # of the final strength
z_1 = Symbol("z_1", positive=True)  # size of the projection on the growing eigenvectors of the largest singular value
z_k = Symbol("z_k", real=True)  # projection on a growing eigenvector (u_k, v_k)/sqrt(2) of M(R)
y_k = Symbol("y_k", real=True)  # projection on a decaying eigenvector (u_k, -v_k)/sqrt(2)
z_0 = Symbol("z_0", real=True)  # size of the projection on the kernel of M(R)
later_terms = Symbol("q", positive=True)  # squared norm at the leading jump time, less one: of all but the top modes
dimension = Symbol("n", integer=True, positive=True)  # of a neuron, c + d
multiplicity = Symbol("m", integer=True, positive=True)  # of the largest singular value
overlap = Symbol("r", positive=True)  # of a mode with the hidden space, beyond the modes before it; at unit scale
hidden = Symbol("H", integer=True, positive=True)  # number of hidden neurons
mode = Symbol("j", integer=True, positive=True)  # number of a mode, fastest first
spread = Symbol("s_w", positive=True)  # standard deviation of the entries of a Gaussian start at unit scale
size = Symbol("n", integer=True, positive=True)  # outputs and inputs together
coupling = MatrixSymbol("M", size, size)  # ((0, Sigma_yx), (Sigma_yx^T, 0))
signature = MatrixSymbol("J", size, size)  # 1 on the outputs, -1 on the inputs
growth = MatrixSymbol("F", size, size)  # of balanced weights at the zero map
outer = MatrixSymbol("Q", size, size)  # Theta Theta^T
start = MatrixSymbol("Theta_0", size, hidden)  # (A; W^T) at the start
propagator = MatrixSymbol("P", size, size)  # exp(F t)
propagator_squared = MatrixSymbol("P_2", size, size)  # integral of exp(2 F s) over s from 0 to t

# Linear networks: layers, data and modes. The sizes c and d of the theory are written d_y and d_x.
outputs = Symbol("d_y", integer=True, positive=True)
inputs = Symbol("d_x", integer=True, positive=True)
outgoing = MatrixSymbol("A", outputs, hidden)
incoming = MatrixSymbol("W", hidden, inputs)
loss_gradient = MatrixSymbol("G", outputs, inputs)  # of any loss, by the map B = A W
gradient_outgoing = MatrixSymbol("nabla_A", outputs, hidden)
gradient_incoming = MatrixSymbol("nabla_W", hidden, inputs)
eta_outgoing = Symbol("eta_A", positive=True)  # learning rates of the layers, where they differ
eta_incoming = Symbol("eta_W", positive=True)
step = Symbol("h", positive=True)  # of gradient descent
neuron_outgoing = MatrixSymbol("a", outputs, 1)
neuron_incoming = MatrixSymbol("w", inputs, 1)
residual = MatrixSymbol("R", outputs, inputs)
left_vector = MatrixSymbol("u_1", outputs, 1)  # singular vectors of the residual
right_vector = MatrixSymbol("v_1", inputs, 1)
left_block = MatrixSymbol("U_1", outputs, multiplicity)
right_block = MatrixSymbol("V_1", inputs, multiplicity)
mixing = MatrixSymbol("q", multiplicity, 1)  # a unit vector
overlap_outgoing = Symbol("alpha_k", real=True)  # u_k.a
overlap_incoming = Symbol("omega_k", real=True)  # v_k.w
rest_outgoing = Symbol("a_perp", real=True)  # norm of what of a lies outside all modes
rest_incoming = Symbol("w_perp", real=True)
form = MatrixSymbol("M", d, d)  # of the utility: 0, R; R^T, 0
sigma_xx = MatrixSymbol("Sigma_xx", inputs, inputs)
sigma_xx_inverse = MatrixSymbol("Sigma_xx^+", inputs, inputs)
sigma_yx = MatrixSymbol("Sigma_yx", outputs, inputs)
sigma_yy = MatrixSymbol("Sigma_yy", outputs, outputs)
learned = MatrixSymbol("P", outputs, outputs)  # projection on the modes learned
noise = Symbol("ell_0", nonnegative=True)  # loss of the best map
mu_learned = Symbol("mu_i", nonnegative=True)  # of a mode that is learned, of one that is not
mu_missed = Symbol("mu_j", nonnegative=True)
rank_map = Symbol("r_B", integer=True, nonnegative=True)  # of B*
rank_outgoing = Symbol("r_A", integer=True, nonnegative=True)
rank_incoming = Symbol("r_W", integer=True, nonnegative=True)

# Modular addition: phases of the Fourier coefficients at one frequency, and coefficients at frequency zero.
phase_x = Symbol("psi_x", real=True)
phase_u = Symbol("psi_u", real=True)
phase_v = Symbol("psi_v", real=True)
phase_w = Symbol("psi_w", real=True)
mean_x = Symbol("x_0", real=True)
mean_w = Symbol("w_0", real=True)
class_energy = Symbol("E_k", nonnegative=True)  # squared norm of the part of the template in a class of frequencies

# Several coordinates.
A = Symbol("A", integer=True, positive=True)  # number of active coordinates
gram_active = MatrixSymbol("G_AA", A, A)
gram_dormant_active = MatrixSymbol("G_DA", d, A)
kick_active = MatrixSymbol("Delta_s_A", A, 1)
jump_active = MatrixSymbol("J_A", A, 1)  # integral of (plateau value - beta) over the active coordinates

# Modular addition: one frequency of a dormant neuron, in unnormalised Fourier coefficients. Complex numbers are symbols
# with conjugates, or pairs of real ones.
modulus = Symbol("p", integer=True, positive=True)  # order of the group
template_hat = Symbol("x_hat", complex=True)
u_hat = Symbol("u_hat", complex=True)
v_hat = Symbol("v_hat", complex=True)
w_hat = Symbol("w_hat", complex=True)
template_size = Symbol("X", positive=True)  # |x_hat|
size_u = Symbol("U_k", nonnegative=True)  # |u_hat|, |v_hat|, |w_hat|
size_v = Symbol("V_k", nonnegative=True)
size_w = Symbol("W_k", nonnegative=True)
real_part = Symbol("R_k", real=True)  # Re Z/|x_hat|, Z = x_hat conj(u_hat) conj(v_hat) w_hat
imaginary_part = Symbol("h_k", real=True)  # Im Z/|x_hat|
gap_1 = Symbol("y_1", nonnegative=True)  # q_0 - r for the roots r of the cubic, the largest real one first
gap_2 = Symbol("y_2", positive=True)
gap_3 = Symbol("y_3", positive=True)
gap_mean = Symbol("m_y", positive=True)  # geometric mean of y_2 - y_1 and y_3 - y_1
gap_sum = Symbol("s_y", positive=True)  # and their sum

# Modular addition: neurons that are pure at one frequency. A complex number and its conjugate are two symbols, as in an
# identity of polynomials: u_+ and u_- are the coefficients of a neuron's incoming weights at the frequency, and at its
# negative.
frequency = Symbol("xi", integer=True, nonnegative=True)
template_amplitude = Symbol("x_k", positive=True)  # |x_hat| at the frequency
missing = Symbol("g_chi", nonnegative=True)  # size of what is missing at a character
u_plus = Symbol("u_+", real=True)
u_minus = Symbol("u_-", real=True)
v_plus = Symbol("v_+", real=True)
v_minus = Symbol("v_-", real=True)
w_plus = Symbol("w_+", real=True)
ratio_sum = Symbol("r_X", real=True)  # of two neurons' exp(i(phi_u + phi_v))
ratio_difference = Symbol("r_Y", real=True)  # and exp(i(phi_u - phi_v))
triple = Symbol("m", integer=True, nonnegative=True)  # number of a neuron: 0, 1, 2
pair = Symbol("n", integer=True, nonnegative=True)  # 0, 1
cos_a = Symbol("c_a", real=True)  # of the angle 2 pi xi a/p, and so on
sin_a = Symbol("s_a", real=True)
cos_b = Symbol("c_b", real=True)
sin_b = Symbol("s_b", real=True)
direction_cos = Symbol("alpha_c", real=True)  # output weights: which combination of the two outputs is looked at
direction_sin = Symbol("alpha_s", real=True)
shift_cos = Symbol("lambda_c", real=True)  # multiples of D, the form that vanishes on all inputs
shift_sin = Symbol("lambda_s", real=True)
generic_classes = Symbol("n_g", integer=True, nonnegative=True)  # how many the template has, other than p/4 and p/2
quarter_classes = Symbol("n_q", integer=True, nonnegative=True)  # at p/4: none or one
nyquist_classes = Symbol("n_N", integer=True, nonnegative=True)  # at p/2: none or one
array_rows = Symbol("n_1", integer=True, positive=True)
alternating_squares = Symbol("S_pm", nonnegative=True)  # squared alternating sums of the rows of an array, summed
half_angle = Symbol("vartheta", real=True)  # by which two neurons are turned, one forward, one back
closeness = Symbol("h", positive=True)  # of a family of fits to its limit
kernel_a = Symbol("k_a", nonnegative=True)  # squared norms of the two halves of a vector
kernel_b = Symbol("k_b", nonnegative=True)
kernel_form = Symbol("q_k", real=True)  # the form of the cosine at that vector

# Modular addition: two neurons' responses g = u.x_a and h = v.x_b. G_mn is the mean of g_i^m g_j^n over a, H_mn that of
# h_i^m h_j^n over b.
response_i = Symbol("g_i", real=True)  # at one a
response_j = Symbol("g_j", real=True)
means_g = {(m, n): Symbol(f"G_{m}{n}", real=True) for m in range(3) for n in range(3) if m + n}
means_h = {(m, n): Symbol(f"H_{m}{n}", real=True) for m in range(3) for n in range(3) if m + n}

# Linear attention. Losses and maps in the sum convention: no 1/N in the attention sum.
context_length = Symbol("N", integer=True, positive=True)
features = Symbol("D", integer=True, positive=True)  # dimension of an input
covariance = MatrixSymbol("Sigma", features, features)
total_variance = Symbol("tr_Sigma", positive=True)  # the trace of Sigma
eigenvalue = Symbol("lambda_k", nonnegative=True)  # of Sigma, of the component in question
eigenvector = MatrixSymbol("psi_k", features, 1)
attention_map = MatrixSymbol("M", features, features)  # sum of v k q^T over the heads
best_map = MatrixSymbol("M_*", features, features)  # the minimiser of the loss
learned_components = MatrixSymbol("P", features, features)  # projection on the eigenvectors learned
gram = MatrixSymbol("S", features, features)  # sum of x x^T over the tokens of a context
weighting = MatrixSymbol("A", features, features)  # between two Gram matrices of a context
weighted_variance = Symbol("tr_A_Sigma", real=True)  # the trace of A Sigma
label = Symbol("y_n", real=True)  # of a token, w.x_n; zero for the query
head_value = Symbol("v_i", real=True)  # of one head
token_value = Symbol("u_x", real=True)  # u_i.x_n: what the value reads off the input of a token
token_key = Symbol("k_x", real=True)  # k_i.x_n
label_key = Symbol("k_y", real=True)  # entry of the key for the label
token_query = Symbol("q_x", real=True)  # q_i.x_q
other_eigenvalue = Symbol("lambda_j", nonnegative=True)  # of Sigma, of another component
variance_excess = Symbol("delta", positive=True)  # of another component over lambda_k
eigenspace = MatrixSymbol("Psi", features, multiplicity)  # orthonormal eigenvectors of a repeated eigenvalue
eigenspace_direction = MatrixSymbol("c", multiplicity, 1)  # a unit vector
square_value = Symbol("n_v", nonnegative=True)  # squared norms of a head's weights
square_key = Symbol("n_k", nonnegative=True)
square_query = Symbol("n_q", nonnegative=True)

# A single linear neuron f(x) = a w.x. Its inner weights w are `neuron_incoming`, their norm `w`.
outer_weight = Symbol("a", real=True)
neuron_imbalance = Symbol("delta", real=True)  # a**2 - ||w||**2, each square times the rate of the other layer
total = Symbol("q", nonnegative=True)  # a**2 + ||w||**2, with rates as above
map_norm = Symbol("r", nonnegative=True)  # ||beta||, beta = a w
eta_outer = Symbol("eta_a", positive=True)  # learning rates of a and of w, where they differ
eta_inner = Symbol("eta_w", positive=True)
samples = Symbol("n", integer=True, positive=True)
design = MatrixSymbol("X", samples, inputs)
map_gradient = MatrixSymbol("g", inputs, 1)  # of the loss, by beta
sample_targets = MatrixSymbol("y", samples, 1)
map_direction = MatrixSymbol("beta_hat", inputs, 1)  # beta/||beta||
goal_direction = MatrixSymbol("beta_hat_*", inputs, 1)  # of the least squares solution
goal_norm = Symbol("b", positive=True)  # its norm, on whitened data
signed_size = Symbol("mu", real=True)  # a ||w||
cosine = Symbol("phi", real=True)  # of the angle between w and the goal
angle_0 = Symbol("c", real=True)  # artanh of the cosine at the start
size_0 = Symbol("mu_0", positive=True)  # a ||w|| at the start
outer_0 = Symbol("a_0", real=True)  # weights at the start: a, w along the goal, the norm of w across it
parallel_0 = Symbol("w_par", real=True)
across_0 = Symbol("w_perp", nonnegative=True)
parallel = Symbol("z_par", real=True)  # the same parts of w later on
across = Symbol("z_perp", nonnegative=True)
cosine_0 = Symbol("phi_0", positive=True)  # size of the cosine at the start
map_norm_0 = Symbol("r_0", nonnegative=True)  # ||beta|| at the start
along_start = Symbol("u", real=True)  # beta_hat_0.beta
sign_kept = Symbol("s", real=True)  # sgn(a_0) sgn(a_infty): -1 where the outer weight has changed its sign
outer_end = Symbol("a_infty", real=True)  # outer weight at the end
inner_distance = Symbol("h", nonnegative=True)  # ||w - w_infty||
sample_target = Symbol("y_1", real=True, nonzero=True)  # of the one sample there is, x of norm one
along_sample = Symbol("w_x", real=True)  # x.w at the start
sample_imbalance = Symbol("delta_x", real=True)  # a^2 - (x.w)^2

# One head of linear attention, dormant, in the eigenbasis of the residual. s, with ds = v dt, is `s` above.
head_v = Symbol("v", real=True)
mode_k = Symbol("k_j", real=True)
mode_q = Symbol("q_j", real=True)
mode_k_0 = Symbol("k_j0", real=True)
mode_q_0 = Symbol("q_j0", real=True)
residual_j = Symbol("G_j", positive=True)  # eigenvalue of the residual's gradient matrix
residual_max = Symbol("G_max", positive=True)  # the largest of them
time_ahead = Symbol("T_ahead", positive=True)  # integral of ds/|v| from the start to infinity, in the direction of v
time_to_turn = Symbol("T_turn", positive=True)  # from the start to where v is zero
time_behind = Symbol("T_behind", positive=True)  # from the start to infinity against the direction of v
head_value_matrix = MatrixSymbol("v_i", 1, 1)  # a number; as a matrix, it stays where it stands in a product
head_key = MatrixSymbol("k_i", features, 1)
head_query = MatrixSymbol("q_i", features, 1)
attention_gradient = MatrixSymbol("G", features, features)  # minus the gradient of a loss by the map

# Networks of any width on one-dimensional data: one effective sample (xi, y_bar), neurons u_i, v_i = w_i.n. Sums over
# the neurons enter as u.u, v.v and u.v; formulas of one neuron hold for each of any number.
output_scale = Symbol("gamma_f", positive=True)  # gamma
moment_aa = Symbol("m_aa", positive=True)  # E a^2, E[a y], E y^2
moment_ay = Symbol("m_ay", real=True)
moment_yy = Symbol("m_yy", positive=True)
mean_size = Symbol("m_a", positive=True)  # E|a|
input_size = Symbol("xi_a", positive=True)  # xi, the root of E a^2
target = Symbol("y_bar", real=True)  # E[a y]/xi
output = Symbol("f", real=True)  # gamma xi u.v
output_start = Symbol("f_0", real=True)
eta_u = Symbol("eta_u", positive=True)  # learning rates of u and v
eta_v = Symbol("eta_v", positive=True)
speed = Symbol("g_f", positive=True)  # gamma xi sqrt(eta_u eta_v)
drive = Symbol("sigma_f", real=True)  # gamma xi (y_bar - f): u' = eta_u drive v
square_u = Symbol("s_uu", nonnegative=True)  # u.u, v.v, u.v
square_v = Symbol("s_vv", nonnegative=True)
inner_uv = Symbol("s_uv", real=True)
weight_u = Symbol("u_i", real=True)  # of one neuron, and of another one
weight_v = Symbol("v_i", real=True)
other_u = Symbol("u_j", real=True)
other_v = Symbol("v_j", real=True)
growing_square = Symbol("P_f", nonnegative=True)  # |alpha_0|^2, of what grows as the root of rho
shrinking_square = Symbol("N_f", nonnegative=True)  # |beta_0|^2
growth_factor = Symbol("rho_f", positive=True)  # rho, the exponential of twice the integral of g (y_bar - f)
spread_f = Symbol("Lambda_f", nonnegative=True)  # g sqrt(P N)
area = Symbol("kappa_f", nonnegative=True)  # gamma xi sqrt(u.u v.v - (u.v)^2)
layer_gap = Symbol("c_f", real=True)  # |p|^2 - |q|^2, conserved
layer_cosine = Symbol("zeta_f", real=True)  # of the angle between u and v
neuron_ratio = Symbol("M_f", positive=True)  # of the two-neuron counterexample
balance = Symbol("B_f", nonnegative=True)  # bound of g |c| over kappa
width_scale = Symbol("c_gamma", real=True)  # exponents of 1/H in gamma, variances and rates
width_u = Symbol("c_u", real=True)
width_v = Symbol("c_v", real=True)
width_rate_u = Symbol("e_u", real=True)
width_rate_v = Symbol("e_v", real=True)
deviation_u = Symbol("sigma_u", positive=True)  # standard deviations of Gaussian weights
deviation_v = Symbol("sigma_v", positive=True)
weights_u = MatrixSymbol("u", hidden, 1)
weights_v = MatrixSymbol("v", hidden, 1)
line = MatrixSymbol("n", inputs, 1)  # direction of the inputs
slope = Symbol("D_i", real=True)  # of an output by one weight, in any model

# Symmetries of a neuron: a one-parameter group on its parameters, and what it conserves.
symmetry_matrix = MatrixSymbol("S", d, d)  # generator of a linear group
inverse_rates = MatrixSymbol("P", d, d)  # of the learning rates, one for each parameter
translation = MatrixSymbol("v", d, 1)
activation_degree = Symbol("p", positive=True)  # of homogeneity of an activation
weight_decay = Symbol("lambda", nonnegative=True)
quantity_before = Symbol("Q_n", real=True)  # a conserved quantity before a step, or at the start
quantity_of_step = Symbol("Q_g", real=True)  # and at the gradient, times the rates
